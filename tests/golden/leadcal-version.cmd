# The versions differ from machine to machine; their places do not.
leadcal --version | sed -E 's/[0-9]+\.[0-9]+(\.[0-9]+)?/N/g'
leadcal-rates --version | head -n 1
