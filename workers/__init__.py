"""Who does it, where and when: settings, stores, ledger, the embedded run and the Celery app."""
