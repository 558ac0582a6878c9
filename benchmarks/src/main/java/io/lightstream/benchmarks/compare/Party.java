package io.lightstream.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Contenders that are built together. {@code benchmarks} is the folder of that name. */
interface Party {
    List<Contender> contenders(Path benchmarks);

    /** Builds what the contenders need; returns why they cannot take part, or nothing when they can. */
    Optional<String> build(Path benchmarks) throws IOException, InterruptedException;
}
