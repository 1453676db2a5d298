"""What is done to a document: pure stages, no broker, no server. Read :mod:`tasks.chain` first."""
