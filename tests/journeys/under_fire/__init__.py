"""A practice under load whose programs and database are killed at random; in the end both ends are compared."""
