package io.kagu.dispatcher.executor;

import java.util.Map;
import java.util.Optional;

/** Bearer tokens by the name of their environment variable; never logged, never published. */
@FunctionalInterface
public interface Credentials {

    /** The token, if the variable is set. */
    Optional<String> lookUp(String variable);

    /** The tokens of an environment. */
    static Credentials of(Map<String, String> environment) {
        return variable ->
                Optional.ofNullable(environment.get(variable)).filter(token -> !token.isBlank());
    }
}
