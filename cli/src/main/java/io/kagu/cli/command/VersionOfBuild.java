package io.kagu.cli.command;

import picocli.CommandLine.IVersionProvider;

import java.util.Optional;

/** The version as the build wrote it into the jar. */
final class VersionOfBuild implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version =
                Optional.ofNullable(VersionOfBuild.class.getPackage().getImplementationVersion())
                        .orElse("development build");
        return new String[] {"kagu " + version, "Java " + Runtime.version()};
    }
}
