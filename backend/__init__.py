"""Reference backend: the office that decides. The desk and it share app/domain, nothing else."""

VERSION = "0.1.0"
API_MIN = API_MAX = 1
