package io.lightstream.codec.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * 128 bits that tell schemas apart: the beginning of a SHA-256 over names, types, nullability, children and dictionary index
 * types, the same in every process and release. Dictionary ids do not count: they are names within one stream. Custom
 * metadata counts only where it is asked for, whatever its order.
 */
public record SchemaFingerprint(long high, long low) {
    /** Of names and types alone. */
    public static SchemaFingerprint of(Schema schema) {
        return digest(schema, false);
    }

    /** Of names, types and all custom metadata. */
    public static SchemaFingerprint withMetadata(Schema schema) {
        return digest(schema, true);
    }

    private static SchemaFingerprint digest(Schema schema, boolean metadata) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(canonical)) {
            writeFields(out, schema.fields(), metadata);
            if (metadata) {
                writeMetadata(out, schema.metadata());
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.toByteArray());
            java.nio.LongBuffer words = java.nio.ByteBuffer.wrap(digest).asLongBuffer();
            return new SchemaFingerprint(words.get(0), words.get(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void writeFields(DataOutputStream out, List<Field> fields, boolean metadata) throws IOException {
        out.writeInt(fields.size());
        for (Field field : fields) {
            writeText(out, field.name());
            // The text of a type holds all of its parameters.
            writeText(out, field.type().toString());
            out.writeBoolean(field.nullable());
            out.writeBoolean(field.dictionary().isPresent());
            if (field.dictionary().isPresent()) {
                writeText(out, field.dictionary().get().indexType().toString());
                out.writeBoolean(field.dictionary().get().ordered());
            }
            writeFields(out, field.children(), metadata);
            if (metadata) {
                writeMetadata(out, field.metadata());
            }
        }
    }

    private static void writeMetadata(DataOutputStream out, Map<String, String> metadata) throws IOException {
        out.writeInt(metadata.size());
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
            writeBytes(out, MetadataText.toBytes(entry.getKey()));
            writeBytes(out, MetadataText.toBytes(entry.getValue()));
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(UTF_8));
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
