package peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;

/** Arrow Java as a peer process: requests and answers as JSON lines, as interop/checks/python_peer.py says. */
public final class Peer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Peer() {}

    public static void main(String[] args) throws IOException {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            ObjectNode answer = JSON.createObjectNode();
            try {
                answer(JSON.readTree(line));
                answer.put("ok", true);
            } catch (Exception | LinkageError | AssertionError | OutOfMemoryError e) {
                String text = e.toString().replace('\n', ' ');
                answer.put("error", text.substring(0, Math.min(300, text.length())));
            }
            System.out.println(JSON.writeValueAsString(answer));
        }
    }

    private static void answer(JsonNode request) throws IOException {
        try (BufferAllocator memory = new RootAllocator()) {
            switch (request.get("do").asText()) {
                case "read" -> read(request, memory);
                case "write" -> write(request, memory);
                case "send" -> send(request, memory);
                default -> throw new IllegalArgumentException(request.toString());
            }
        }
    }

    private static ArrowReader open(JsonNode request, BufferAllocator memory) throws IOException {
        FileInputStream input = new FileInputStream(request.get("path").asText());
        return request.get("form").asText().equals("stream")
                ? new ArrowStreamReader(input.getChannel(), memory, CommonsCompressionFactory.INSTANCE)
                : new ArrowFileReader(input.getChannel(), memory, CommonsCompressionFactory.INSTANCE);
    }

    private static void read(JsonNode request, BufferAllocator memory) throws IOException {
        ObjectNode table = JSON.createObjectNode();
        try (ArrowReader reader = open(request, memory)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            ArrayNode columns = table.putArray("columns");
            ArrayNode names = table.putArray("names");
            ArrayNode counts = table.putArray("counts");
            for (FieldVector vector : root.getFieldVectors()) {
                columns.addArray();
                names.add(vector.getName());
            }
            while (reader.loadNextBatch()) {
                counts.add(root.getRowCount());
                Values values = new Values(reader.getDictionaryVectors());
                for (int c = 0; c < columns.size(); c++) {
                    FieldVector vector = root.getVector(c);
                    ArrayNode column = (ArrayNode) columns.get(c);
                    for (int row = 0; row < root.getRowCount(); row++) {
                        column.add(values.of(vector, row));
                    }
                }
            }
        }
        table.putNull("fields");
        table.put("loose", false);
        JSON.writeValue(Path.of(request.get("out").asText()).toFile(), table);
    }

    private static void write(JsonNode request, BufferAllocator memory) throws IOException {
        try (ArrowReader reader = open(request, memory);
                FileOutputStream output = new FileOutputStream(request.get("out").asText());
                ArrowWriter writer = writer(request, reader, output.getChannel())) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
    }

    private static ArrowWriter writer(JsonNode request, ArrowReader reader, FileChannel output) throws IOException {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        boolean stream = request.get("outForm").asText().equals("stream");
        String compression = request.get("compression").asText();
        if (compression.equals("none")) {
            return stream ? new ArrowStreamWriter(root, reader, output) : new ArrowFileWriter(root, reader, output);
        }
        CommonsCompressionFactory factory = CommonsCompressionFactory.INSTANCE;
        CompressionUtil.CodecType codec =
                compression.equals("lz4") ? CompressionUtil.CodecType.LZ4_FRAME : CompressionUtil.CodecType.ZSTD;
        return stream
                ? new ArrowStreamWriter(root, reader, output, IpcOption.DEFAULT, factory, codec)
                : new ArrowFileWriter(root, reader, output, Map.of(), IpcOption.DEFAULT, factory, codec);
    }

    /** The table of a file as a stream to a TCP address, {@code host:port}. */
    private static void send(JsonNode request, BufferAllocator memory) throws IOException {
        String[] address = request.get("address").asText().split(":");
        try (ArrowReader reader = open(request, memory);
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(address[0], Integer.parseInt(address[1])));
                ArrowWriter writer = new ArrowStreamWriter(reader.getVectorSchemaRoot(), reader, channel)) {
            writer.start();
            while (reader.loadNextBatch()) {
                writer.writeBatch();
            }
            writer.end();
        }
    }
}
