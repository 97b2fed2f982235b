package io.kagu.statusapi.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kagu.common.http.ReplicaAddress;
import io.kagu.common.job.JobPlace;
import io.kagu.common.job.JobStatus;
import io.kagu.common.job.PlacesRequest;
import io.kagu.common.job.Priority;
import io.kagu.statusapi.JobStory;
import io.kagu.statusapi.QueueStory;
import io.kagu.statusapi.core.Inexact;
import io.kagu.statusapi.core.QueueSnapshot;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

class PoolQuestionsTest {

    private static final ReplicaAddress OWNER = new ReplicaAddress("dispatcher-1", 8083);

    private final List<List<String>> asked = new ArrayList<>();
    private final List<ReplicaAddress> askedThere = new ArrayList<>();
    private final List<CompletableFuture<OwnerReply>> replies = new ArrayList<>();
    private Instant now = JobStory.T0;
    private final PoolQuestions questions =
            new PoolQuestions(JobStory.POOL, this::asksOwner, () -> now);

    private CompletableFuture<OwnerReply> asksOwner(
            ReplicaAddress owner, String pool, List<String> jobIds) {
        assertThat(pool).isEqualTo(JobStory.POOL);
        askedThere.add(owner);
        asked.add(jobIds);
        replies.add(new CompletableFuture<>());
        return replies.getLast();
    }

    private static Optional<QueueSnapshot> heard(Instant at, String url) {
        var status = QueueStory.at(at).lane(Priority.NORMAL, 10, 5).status().reachableAt(url);
        return Optional.of(new QueueSnapshot(status, false));
    }

    private Optional<QueueSnapshot> heard() {
        return heard(now, OWNER.url());
    }

    private CompletableFuture<OwnersWord> ask(String jobId) {
        return questions.ask(jobId, heard());
    }

    private static JobPlace place(String jobId, long position) {
        return new JobPlace(
                jobId,
                JobStory.POOL,
                JobStatus.QUEUED,
                OptionalLong.of(position),
                10,
                Optional.empty(),
                List.of(),
                JobStory.T0);
    }

    private static OwnersWord none(Inexact why) {
        return new OwnersWord.None(why);
    }

    @Test
    void whoAsksWhileTheOwnerIsAskedSharesTheNextQuestion() {
        var first = ask("job-1");
        var second = ask("job-2");
        var third = ask("job-3");
        assertThat(asked).containsExactly(List.of("job-1"));
        assertThat(askedThere).containsExactly(OWNER);

        replies.get(0).complete(new OwnerReply.Told(List.of(place("job-1", 4))));

        assertThat(first).isCompletedWithValue(new OwnersWord.Told(place("job-1", 4)));
        assertThat(second).isNotDone();
        assertThat(asked).containsExactly(List.of("job-1"), List.of("job-2", "job-3"));

        replies.get(1).complete(new OwnerReply.Told(List.of(place("job-2", 5), place("job-3", 6))));
        assertThat(second).isCompletedWithValue(new OwnersWord.Told(place("job-2", 5)));
        assertThat(third).isCompletedWithValue(new OwnersWord.Told(place("job-3", 6)));
    }

    @Test
    void oneAnswerServesAllWhoAskOfTheSameJob() {
        var first = ask("job-1");
        var again = ask("job-1");
        replies.get(0).complete(new OwnerReply.Told(List.of(place("job-1", 4))));

        assertThat(again).isCompletedWithValue(first.join());
        assertThat(ask("job-1")).isCompletedWithValue(first.join());
        assertThat(asked).hasSize(1);

        now = now.plus(PoolQuestions.FRESH).plusMillis(1);
        assertThat(ask("job-1")).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void thousandsOfAskersAreAFewQuestionsAndOfTooManyNothingIsAsked() {
        ask("first");
        List<CompletableFuture<OwnersWord>> words = new ArrayList<>();
        for (int i = 0; i < PoolQuestions.MOST_WAITING; i++) {
            words.add(ask("job-" + i));
        }

        assertThat(ask("one-too-many")).isCompletedWithValue(none(Inexact.OWNER_BUSY));
        assertThat(asked).hasSize(1);

        for (int i = 0; i < replies.size(); i++) {
            List<JobPlace> places = asked.get(i).stream().map(id -> place(id, 1)).toList();
            replies.get(i).complete(new OwnerReply.Told(places));
        }
        assertThat(words).allMatch(CompletableFuture::isDone);
        assertThat(asked).hasSize(1 + PoolQuestions.MOST_WAITING / PlacesRequest.MOST_IDS);
        assertThat(asked).allMatch(ids -> ids.size() <= PlacesRequest.MOST_IDS);
    }

    @Test
    void aJobThatTheOwnerDoesNotKnowIsNotTakenInYet() {
        var word = ask("job-1");
        replies.get(0).complete(new OwnerReply.Told(List.of()));

        assertThat(word).isCompletedWithValue(none(Inexact.NOT_TAKEN_IN));
        assertThat(ask("job-1")).as("it may be by now").isNotDone();
    }

    @Test
    void whoIsNotTheOwnerIsNotAskedAgainBeforeItIsHeardAnew() {
        var word = ask("job-1");
        var waiting = ask("job-2");
        replies.get(0).complete(new OwnerReply.NotOwner());

        assertThat(word).isCompletedWithValue(none(Inexact.OWNER_MOVED));
        assertThat(waiting).isCompletedWithValue(none(Inexact.OWNER_MOVED));
        assertThat(ask("job-3")).isCompletedWithValue(none(Inexact.OWNER_MOVED));
        assertThat(asked).hasSize(1);

        now = now.plusSeconds(1);
        assertThat(ask("job-3")).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void anOwnerThatDoesNotAnswerIsAskedOncePerStatus() {
        var word = ask("job-1");
        replies.get(0).complete(new OwnerReply.Lost());

        assertThat(word).isCompletedWithValue(none(Inexact.OWNER_UNREACHABLE));
        assertThat(ask("job-1")).isCompletedWithValue(none(Inexact.OWNER_UNREACHABLE));
        assertThat(asked).hasSize(1);
    }

    @Test
    void aBusyOwnerIsAskedOnAndTheNextGoOn() {
        var word = ask("job-1");
        var next = ask("job-2");
        replies.get(0).complete(new OwnerReply.Busy());

        assertThat(word).isCompletedWithValue(none(Inexact.OWNER_BUSY));
        assertThat(next).isNotDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void nobodyIsAskedWhereNoOwnerCanBe() {
        QueueSnapshot silent =
                QueueSnapshot.of(heard().orElseThrow().status(), now.plus(Duration.ofSeconds(6)));

        assertThat(questions.ask("job-1", Optional.empty()))
                .isCompletedWithValue(none(Inexact.OWNER_UNKNOWN));
        assertThat(questions.ask("job-1", Optional.of(silent)))
                .isCompletedWithValue(none(Inexact.OWNER_SILENT));
        for (String url :
                List.of(
                        "https://dispatcher-1:8083",
                        "http://dispatcher-1:8083/v1",
                        "http://user@dispatcher-1:8083",
                        "http://dispatcher-1",
                        "file:///etc/passwd",
                        "")) {
            assertThat(questions.ask("job-1", heard(now, url)))
                    .as(url)
                    .isCompletedWithValue(none(Inexact.OWNER_UNKNOWN));
        }
        assertThat(asked).isEmpty();
    }
}
