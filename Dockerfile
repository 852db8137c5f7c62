# The reading room over a store in /data; any other command of onrecord stands behind the image's name.
#   docker build -t onrecord .
#   docker run --rm --user "$(id -u):$(id -g)" -p 127.0.0.1:8765:8765 -v "$PWD:/data" onrecord
FROM python:3.13-slim AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY src src
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[room,postgres]'

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index /wheels/*.whl
USER 1000
WORKDIR /data
EXPOSE 8765
ENTRYPOINT ["onrecord"]
# Reached from outside the container, the room asks for a password, which it prints.
CMD ["serve", "--host", "0.0.0.0", "--token", "--store", "onrecord.db"]
