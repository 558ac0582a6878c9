package io.lightstream.codec.ipc;

import io.lightstream.codec.Column;

/**
 * A dictionary batch that has to be written before the batch that needs it.
 *
 * @param values all values, or those that are added
 * @param delta whether they are added to the ones that were written before
 */
record DictionaryUpdate(long id, Column values, boolean delta) {}
