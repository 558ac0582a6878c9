package io.lightstream.cli;

import io.lightstream.codec.Validation;
import io.lightstream.codec.ipc.IpcFileRecovery;
import io.lightstream.codec.ipc.IpcReadOptions;
import io.lightstream.codec.ipc.RecoveryReport;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "recover",
        header = "Bring back an Arrow file whose writing or appending was cut.",
        footer = {
            "",
            "Every batch that a whole footer lists is kept, and those behind it that are whole; the rest is",
            "cut off, and a new footer is written. A whole file stays as it is. One line says what was found",
            "and done. Exit codes: 0 whole or recovered, 1 damaged (with --check), 3 it cannot be brought",
            "back, 4 input or output.",
            "",
            "Examples:",
            "  lightstream recover --check log.arrow",
            "  lightstream recover log.arrow"
        })
final class RecoverCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "FILE", description = "An Arrow file.")
    private String file = "";

    @Option(names = "--check", description = "Only say what would be done.")
    private boolean check;

    @Option(
            names = "--validation",
            paramLabel = "LEVEL",
            defaultValue = "structure",
            converter = ValidationConverter.class,
            description = "What is checked of batches that no footer lists yet: structure (the default), full or"
                    + " full-utf8. One that fails is cut off, with all behind it.")
    private Validation validation = Validation.STRUCTURE;

    @Mixin
    private MemoryLimit limit = new MemoryLimit();

    RecoverCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        if (!(Location.of(file) instanceof Location.File location)) {
            throw new UsageException("'" + file + "': only a file can be recovered");
        }
        try (LightstreamMemory memory = limit.create()) {
            RecoveryReport report = run(location.path(), memory.allocator());
            Writer out = shell.text();
            out.write(describe(report) + "\n");
            out.flush();
            return check && !report.isWhole() ? ExitCode.DIFFERENT : ExitCode.DONE;
        }
    }

    private RecoveryReport run(Path path, BufferAllocator allocator) throws IOException {
        if (Files.isDirectory(path)) {
            throw new FileSystemException(path.toString(), null, "is a directory");
        }
        IpcReadOptions options = IpcFileRecovery.options(path.toString()).withValidation(validation);
        return check
                ? IpcFileRecovery.check(FileChannel.open(path, StandardOpenOption.READ), allocator, options)
                : IpcFileRecovery.recover(
                        FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)),
                        allocator,
                        options);
    }

    private String describe(RecoveryReport report) {
        if (report.isWhole()) {
            return file + ": whole, " + batches(report.keptBatches()) + "; nothing to do";
        }
        return Failures.oneLine(file + ": " + (check ? "can be recovered: " : "recovered: ")
                + batches(report.keptBatches()) + " kept, " + report.recoveredBatches() + " brought back, "
                + report.cutBytes() + (report.cutBytes() == 1 ? " byte" : " bytes") + " cut off ("
                + report.problem().orElse("") + ")");
    }

    private static String batches(int count) {
        return count + (count == 1 ? " batch" : " batches");
    }
}
