"""Rules across segments, set by set: what a guide cannot say of one segment alone."""
