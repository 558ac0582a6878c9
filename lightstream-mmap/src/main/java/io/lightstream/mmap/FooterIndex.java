package io.lightstream.mmap;

import io.lightstream.codec.ipc.Footer;

/** A file: the footer lists everything, and all dictionaries apply to all batches. */
record FooterIndex(Footer footer) implements BatchIndex {
    @Override
    public int count() {
        return footer.recordBatches().size();
    }

    @Override
    public boolean has(int index) {
        return index < count();
    }

    @Override
    public Footer.Block batch(int index) {
        return footer.recordBatches().get(index);
    }

    @Override
    public int dictionariesBefore(int index) {
        return footer.dictionaries().size();
    }

    /** None without a batch, as nothing asks for them. */
    @Override
    public int dictionariesAtEnd() {
        return count() == 0 ? 0 : footer.dictionaries().size();
    }

    @Override
    public Footer.Block dictionary(int index) {
        return footer.dictionaries().get(index);
    }

    @Override
    public boolean allowsReplacement() {
        return false;
    }
}
