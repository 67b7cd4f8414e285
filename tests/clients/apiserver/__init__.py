"""The audit code of the API server, k8s.io/apiserver, held against `serve` and `follow`."""
