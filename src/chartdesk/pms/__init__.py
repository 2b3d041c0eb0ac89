"""Practice management: from the first phone call to a zero balance. Knows nothing of the EHR."""
