"""The clinic: the clinician's day, the note, problems, allergies, medications, vitals."""
