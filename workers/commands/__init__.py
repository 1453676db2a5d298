"""The commands of ``gongbao``, one file a group. Each file adds itself with ``add_to(app)``.

Nothing heavy is imported before a command runs: ``gongbao --help`` answers at once.
"""
