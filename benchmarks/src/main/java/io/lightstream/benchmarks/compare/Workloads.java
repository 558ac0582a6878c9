package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.MappedWorkload.ColdStart;
import io.lightstream.benchmarks.compare.MappedWorkload.Moment;
import io.lightstream.benchmarks.compare.MappedWorkload.Opening;
import io.lightstream.benchmarks.compare.MappedWorkload.Summing;
import io.lightstream.benchmarks.compare.Workload.InMemory;
import io.lightstream.benchmarks.compare.Workload.Operation;
import io.lightstream.benchmarks.compare.Workload.Transfer;
import io.lightstream.benchmarks.compare.Workload.Transport;
import io.lightstream.benchmarks.files.DataFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is compared in each area. */
final class Workloads {
    static final List<String> AREAS = List.of("ipc", "transport", "mmap");

    private static final Set<Shape> COMPARED = Set.of(Shape.A, Shape.B, Shape.C, Shape.D, Shape.E);
    private static final List<DataFile> VALUES = List.of(DataFile.VALUES_1, DataFile.VALUES_100, DataFile.VALUES_10000);

    private Workloads() {}

    /** All of an area; {@code files} is where its data files lie. */
    static List<Workload> of(String area, Path files) {
        return switch (area) {
            case "ipc" -> memory();
            case "transport" -> transfers();
            case "mmap" -> mappings(files);
            default -> throw new IllegalArgumentException("unknown area " + area);
        };
    }

    private static List<Workload> transfers() {
        List<Workload> workloads = new ArrayList<>();
        for (Transport transport : Transport.values()) {
            for (Shape shape : Shape.values()) {
                if (COMPARED.contains(shape)) {
                    workloads.add(new Transfer(transport, shape));
                }
            }
        }
        return workloads;
    }

    private static List<Workload> memory() {
        List<Workload> workloads = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            for (Shape shape : Shape.values()) {
                if (COMPARED.contains(shape) || operation == Operation.DECODE) {
                    workloads.add(new InMemory(operation, shape));
                }
            }
        }
        return workloads;
    }

    private static List<Workload> mappings(Path files) {
        List<Workload> workloads = new ArrayList<>();
        for (Moment moment : Moment.values()) {
            VALUES.forEach(file -> workloads.add(new Opening(moment, file, files)));
        }
        workloads.add(new ColdStart(DataFile.VALUES_1, files));
        workloads.add(new Summing(SummedColumn.INT64, DataFile.VALUES_1, files));
        workloads.add(new Summing(SummedColumn.INT64, DataFile.VALUES_100, files));
        workloads.add(new Summing(SummedColumn.FLOAT64_NULLS, DataFile.NULLS_1, files));
        workloads.add(new Summing(SummedColumn.FLOAT64_NULLS, DataFile.NULLS_100, files));
        return workloads;
    }
}
