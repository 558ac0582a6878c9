package io.lightstream.cli;

import io.lightstream.codec.Validation;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        header = "Check Arrow files and streams, value by value against Arrow's integration-test JSON.",
        footer = {
            "",
            "Each line of LIST has 'file' or 'stream', the Arrow data and the JSON, separated by tabs; '-' in",
            "the place of the JSON, or nothing, only reads. Each is answered with a line: ok, differs,",
            "malformed or error, the Arrow data, and what was found. The exit code is the highest of all:",
            "0 equal, 1 different, 3 bad data, 4 cannot be read. Data without a column that --columns asks for",
            "end the whole list: 2.",
            "",
            "Examples:",
            "  lightstream validate --arrow primitive.arrow --json primitive.json.gz",
            "  lightstream validate --arrow primitive.arrows --stream --json primitive.json.gz",
            "  lightstream validate --batch list.tsv"
        })
final class ValidateCommand implements Callable<Integer> {
    private final Shell shell;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Task task = new Task();

    @Mixin
    private ReadingOptions reading = new ReadingOptions(Validation.FULL_UTF8);

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    /** One pair, or many. */
    static final class Task {
        @ArgGroup(exclusive = false, multiplicity = "1")
        private @Nullable Pair pair;

        @Option(
                names = "--batch",
                paramLabel = "LIST.tsv",
                required = true,
                description = "File with a line for each pair, or - for standard input.")
        private @Nullable String list;
    }

    /** What is compared with what. */
    static final class Pair {
        @Option(names = "--arrow", paramLabel = "FILE", required = true, description = "The Arrow data.")
        private String arrow = "";

        @Option(
                names = "--json",
                paramLabel = "JSON",
                description = "What it should say, plain or gzipped. Without it the data is only read.")
        private String json = Validator.NO_JSON;

        @Option(names = "--stream", description = "The Arrow data is a stream, not a file.")
        private boolean stream;
    }

    ValidateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (reading.from() != null) {
            throw new UsageException("--from: expected --stream for a stream, and nothing for a file");
        }
        try (LightstreamMemory memory = limit.create()) {
            Validator validator = new Validator(memory, reading, shell.error());
            Pair pair = task.pair;
            return pair == null ? validateAll(validator, String.valueOf(task.list)) : validateOne(validator, pair);
        }
    }

    private int validateOne(Validator validator, Pair pair) throws IOException {
        requireName("--arrow", pair.arrow);
        Verdict verdict = validator.validate(pair.stream ? Formats.STREAM : Formats.FILE, pair.arrow, pair.json);
        switch (verdict.outcome()) {
            case OK, DIFFERS -> answer(shell.text(), verdict, pair.arrow);
            default -> shell.error().println("lightstream: " + verdict.detail());
        }
        return verdict.outcome().exitCode();
    }

    private int validateAll(Validator validator, String list) throws IOException {
        requireName("--batch", list);
        Writer out = shell.text();
        int exitCode = ExitCode.DONE;
        try (BufferedReader lines = new BufferedReader(lines(list))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    exitCode = Math.max(exitCode, validateLine(validator, line, out));
                }
            }
        }
        return exitCode;
    }

    private static void requireName(String option, String name) {
        if (name.isEmpty()) {
            throw new UsageException(option + ": expected a file, found an empty name");
        }
    }

    private static int validateLine(Validator validator, String line, Writer out) throws IOException {
        String[] parts = line.split("\t", -1);
        String arrow = parts.length > 1 ? parts[1] : Failures.oneLine(line);
        Verdict verdict = parts.length < 2 || parts.length > 3
                ? wrongLine("file|stream TAB ARROW TAB JSON", parts.length + " parts")
                : switch (parts[0]) {
                    case "file" -> validator.validate(Formats.FILE, arrow, parts.length > 2 ? parts[2] : "");
                    case "stream" -> validator.validate(Formats.STREAM, arrow, parts.length > 2 ? parts[2] : "");
                    default -> wrongLine("file or stream", "'" + parts[0] + "'");
                };
        answer(out, verdict, arrow);
        return verdict.outcome().exitCode();
    }

    private static Verdict wrongLine(String expected, String found) {
        return new Verdict(Verdict.Outcome.ERROR, "line of the list: expected " + expected + ", found " + found);
    }

    private static void answer(Writer out, Verdict verdict, String arrow) throws IOException {
        out.write(verdict.outcome().word() + '\t' + arrow + '\t' + verdict.detail() + '\n');
        out.flush();
    }

    /** Bytes that are no text become a name that does not exist, rather than end the whole list. */
    private Reader lines(String list) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return Channels.newReader(list.equals("-") ? shell.input() : Sources.channel(Path.of(list)), decoder, -1);
    }
}
