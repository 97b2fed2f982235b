package io.kagu.cli.run;

import io.kagu.cli.core.IndexedLine;
import io.kagu.cli.core.LineEnd;
import io.kagu.cli.core.ResultBody;
import io.kagu.cli.core.ResultLine;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down how each line ended: into the results file and onto the board. */
final class LineRecorder {

    private final ResultsFile results;
    private final RunBoard board;
    private final Map<Integer, ResultsFile.Place> places = new ConcurrentHashMap<>();

    LineRecorder(ResultsFile results, RunBoard board) {
        this.results = results;
        this.board = board;
    }

    void ended(IndexedLine.Job line, LineEnd end, Optional<ResultBody> body) {
        places.put(line.number(), results.append(ResultLine.write(end, body)));
        board.ended(line.priority(), end);
    }

    void malformed(IndexedLine.Malformed line) {
        String text = ResultLine.write(LineEnd.malformed(line), Optional.empty());
        places.put(line.number(), results.append(text));
        board.malformed();
    }

    /** An earlier run ended the line: what it wrote stays. */
    void kept(IndexedLine.Job line, ResultsFile.Earlier earlier) {
        places.put(line.number(), earlier.place());
        board.ended(line.priority(), earlier.end());
    }

    /** Where the line's result stands. */
    Optional<ResultsFile.Place> place(IndexedLine line) {
        return Optional.ofNullable(places.get(line.number()));
    }
}
