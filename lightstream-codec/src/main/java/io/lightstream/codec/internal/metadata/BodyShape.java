package io.lightstream.codec.internal.metadata;

/** What the metadata of a record batch says about its body: nodes and buffers in the order of the format. */
public interface BodyShape {
    int nodeCount();

    /** Rows of a node. */
    long nodeLength(int node);

    /** Nulls of a node. */
    long nodeNullCount(int node);

    int bufferCount();

    /** Offset of a buffer in the body. */
    long bufferOffset(int buffer);

    /** Bytes of a buffer without padding. */
    long bufferLength(int buffer);

    /** Number of columns of a view layout, nested ones included. */
    int variadicCount();

    /** How many data buffers the view column has. */
    long variadicBuffers(int index);

    /** Bytes of the body with padding. */
    long bodyLength();
}
