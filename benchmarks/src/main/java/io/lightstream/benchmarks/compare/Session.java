package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Workload.InMemory;
import io.lightstream.benchmarks.compare.Workload.Transfer;
import io.lightstream.benchmarks.compare.Workload.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contender that stands ready for a workload: one process, or a receiver and a sender with a connection. */
final class Session implements AutoCloseable {
    private final Contender contender;
    private final Workload workload;
    private final Path scratch;
    /** The process whose answer counts comes first: the receiver of a transfer. */
    private final List<ContenderProcess> processes = new ArrayList<>();

    private Session(Contender contender, Workload workload, Path scratch) {
        this.contender = contender;
        this.workload = workload;
        this.scratch = scratch;
    }

    /** Starts the contender and waits until it is ready; {@code scratch} takes its socket and its logs. */
    static Session open(Contender contender, Workload workload, Path scratch) throws IOException {
        Session session = new Session(contender, workload, scratch);
        try {
            session.start();
            return session;
        } catch (IOException | RuntimeException failure) {
            session.close();
            throw failure;
        }
    }

    private void start() throws IOException {
        if (workload instanceof InMemory inMemory) {
            start("memory", inMemory.arguments()).awaitReady();
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

    /** Moves {@code batches} batches; the sum reported is checked against the one that the data gives. */
    Measurement run(long batches) throws IOException {
        double cpuBefore = cpuSeconds();
        for (ContenderProcess process : processes) {
            process.request(batches);
        }
        List<ContenderProcess.Answer> answers = new ArrayList<>();
        for (ContenderProcess process : processes) {
            answers.add(process.awaitAnswer());
        }
        double cpuSeconds = cpuSeconds() - cpuBefore;
        ContenderProcess.Answer answer = answers.get(0);
        checkSum(answer.sum(), batches);
        return new Measurement(answer.batches(), answer.nanos() / 1e9, cpuSeconds / batches);
    }

    private double cpuSeconds() throws IOException {
        double total = 0;
        for (ContenderProcess process : processes) {
            total += process.cpuSeconds();
        }
        return total;
    }

    private void checkSum(String found, long batches) throws IOException {
        if (found.equals("-")) {
            return;
        }
        long expected = workload.shape().checksum(batches);
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
