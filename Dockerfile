# syntax=docker/dockerfile:1
# One file for every deployable: docker build --build-arg DEPLOYABLE=notification-worker -t threadly/notification-worker .

FROM maven:3.9-eclipse-temurin-25 AS build
ARG DEPLOYABLE
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY schemas schemas
COPY common common
COPY notification-worker notification-worker
COPY message-fanout-worker message-fanout-worker
COPY presence-aggregator presence-aggregator
COPY gateway gateway
COPY provisioner provisioner
COPY pusher-server/pom.xml pusher-server/pom.xml
COPY local-stack/pom.xml local-stack/pom.xml
COPY integration-tests/pom.xml integration-tests/pom.xml
COPY benchmarks/pom.xml benchmarks/pom.xml
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    mvn --batch-mode --no-transfer-progress package -pl "${DEPLOYABLE:?is the module to build}" -am -DskipTests

# The same JVM records and uses the cache: another build of it would reject the cache.
FROM eclipse-temurin:25-jre-noble AS jre

FROM jre AS train
ARG DEPLOYABLE
WORKDIR /app
COPY --from=build /src/${DEPLOYABLE}/target/${DEPLOYABLE}.jar app.jar
COPY deploy/image/train.sh /train.sh
RUN sh /train.sh "${DEPLOYABLE}" app.jar app.aot

FROM jre
ARG DEPLOYABLE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="${DEPLOYABLE}" \
    org.opencontainers.image.description="Threadly Real-time: domain events on Kafka become what browsers see" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}"
WORKDIR /app
COPY --from=train /app/ ./
# With an arena per allocating thread, glibc would keep much of what RocksDB frees.
ENV LOG_FORMAT=json \
    MALLOC_ARENA_MAX=2
USER 10001:10001
EXPOSE 8080 8081
# Everything is written below /tmp: mount it, executable, if the root file system is read-only.
# Without JAVA_TOOL_OPTIONS: an agent attached to the process must not be attached to the health check.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=2s \
    CMD ["env", "--unset=JAVA_TOOL_OPTIONS", "java", "-XX:AOTCache=/app/app.aot", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:TieredStopAtLevel=1", "-Xmx32m", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/app.jar", "health"]
ENTRYPOINT ["java", "-XX:AOTCache=/app/app.aot", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx256m", "-XX:TrimNativeHeapInterval=10000", "--sun-misc-unsafe-memory-access=allow", "-jar", "/app/app.jar"]
