"""Ground shared by the stages: characters, numerals, dates, digests."""
