"""Orders and what comes of them: requests to laboratories, imaging and colleagues; results, vaccines, documents.

What is ordered, reported and given are resources of the record. The rows here say what the resources cannot: what the
practice orders where, in whose in-box a result lies, who signed it and what is to follow, and by when somebody must
have looked. This room knows no messages; whoever carries orders out hears its events and calls its commands.
"""
