package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Workload.InOneProcess;
import io.lightstream.benchmarks.compare.Workload.Transfer;
import io.lightstream.benchmarks.compare.Workload.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contender that stands ready through all rounds: one process, or a receiver and a sender with a connection. */
final class StandingSession implements Session {
    private final Contender contender;
    private final Workload workload;
    private final Path scratch;
    /** The process whose answer counts comes first: the receiver of a transfer. */
    private final List<ContenderProcess> processes = new ArrayList<>();

    private StandingSession(Contender contender, Workload workload, Path scratch) {
        this.contender = contender;
        this.workload = workload;
        this.scratch = scratch;
    }

    /** Starts the contender and waits until it is ready; {@code scratch} takes its socket and its logs. */
    static StandingSession open(Contender contender, Workload workload, Path scratch) throws IOException {
        StandingSession session = new StandingSession(contender, workload, scratch);
        try {
            session.start();
            return session;
        } catch (IOException | RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private void start() throws IOException {
        if (workload instanceof InOneProcess alone) {
            start("alone", alone.arguments()).awaitReady();
        } else if (workload instanceof Transfer transfer) {
            String shape = transfer.shape().name();
            ContenderProcess receiver = start("receiver", List.of("receive", listenAddress(transfer), shape));
            String address = receiver.awaitReady();
            start("sender", List.of("send", address, shape)).awaitReady();
        }
    }

    private String listenAddress(Transfer transfer) throws IOException {
        if (transfer.transport() == Transport.TCP) {
            return "tcp:127.0.0.1:0";
        }
        Path socket = scratch.resolve(contender.name() + ".sock");
        Files.deleteIfExists(socket);
        return "unix:" + socket;
    }

    private ContenderProcess start(String role, List<String> arguments) throws IOException {
        Path log = scratch.resolve(workload.name().replace('/', '-') + "-" + contender.name() + "-" + role + ".log");
        ContenderProcess process =
                ContenderProcess.start(contender.name() + " " + role, contender.commandWith(arguments), log);
        processes.add(process);
        return process;
    }

    @Override
    public Measurement run(long steps) throws IOException {
        double cpuBefore = cpuSeconds();
        for (ContenderProcess process : processes) {
            process.request(steps);
        }
        List<ContenderProcess.Answer> answers = new ArrayList<>();
        for (ContenderProcess process : processes) {
            answers.add(process.awaitAnswer());
        }
        double cpuSeconds = cpuSeconds() - cpuBefore;
        ContenderProcess.Answer answer = answers.get(0);
        checkSum(answer.sum(), steps);
        return new Measurement(answer.steps(), answer.nanos() / 1e9, cpuSeconds / steps);
    }

    private double cpuSeconds() throws IOException {
        double total = 0;
        for (ContenderProcess process : processes) {
            total += process.cpuSeconds();
        }
        return total;
    }

    /** Compares with what the data gives; a sender, and who encodes, has nothing to sum up and says so by a dash. */
    private void checkSum(String found, long steps) throws IOException {
        if (found.equals("-")) {
            return;
        }
        long expected = workload.checksum(steps);
        if (Long.parseLong(found) != expected) {
            throw new IOException(contender.name() + ": wrong data, sum expected " + expected + ", found " + found);
        }
    }

    @Override
    public void close() throws IOException {
        // The sender first, so that no receiver sees its peer vanish in mid-stream.
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).close();
        }
    }
}
