"""Much at once: files of resources coming in (import) and going out (export).

An import is cut into parts. A part's resources, the note that it is done, and every refused line are one
transaction, so an import that was killed goes on where it was. An export is a job of the worker: it writes NDJSON
files into the home folder, which the client fetches with its token until they expire.
"""
