"""Tables written by the programs in tools/; do not edit."""
