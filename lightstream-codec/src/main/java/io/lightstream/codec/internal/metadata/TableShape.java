package io.lightstream.codec.internal.metadata;

import java.util.List;

/**
 * What a flatbuffer table may hold: a member for each slot of its vtable, in the order of the schema language file. Slots
 * behind the last one belong to later versions of the format and are not looked at.
 */
final class TableShape {
    /** One slot of a table. */
    sealed interface Member permits Scalar, Text, Table, Scalars, Tables, Union {}

    /** A number in place. */
    record Scalar(int bytes) implements Member {}

    /** A string. */
    record Text() implements Member {}

    /** Another table. */
    record Table(TableShape shape) implements Member {}

    /** A vector of numbers or structs, {@code bytes} each. */
    record Scalars(int bytes) implements Member {}

    /** A vector of tables. */
    record Tables(TableShape shape) implements Member {}

    /** One of several tables; the slot before says which, counting from 1. Unknown kinds are left to the reader. */
    record Union(List<TableShape> shapes) implements Member {}

    private final String name;
    private List<Member> members = List.of();
    private List<Integer> required = List.of();

    TableShape(String name) {
        this.name = name;
    }

    /** Completes the shape; apart from the constructor because shapes refer to themselves. */
    TableShape with(Member... slots) {
        members = List.of(slots);
        return this;
    }

    /** Says which slots must not be empty; most may be, and mean a default then. */
    TableShape requiring(Integer... slots) {
        required = List.of(slots);
        return this;
    }

    String name() {
        return name;
    }

    List<Member> members() {
        return members;
    }

    List<Integer> required() {
        return required;
    }
}
