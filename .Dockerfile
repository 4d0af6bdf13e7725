# The api and the loader in one image. docker compose builds it; by hand: docker build -f .Dockerfile -t incidentgraph .
FROM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/ ./api ./loader

FROM alpine:3.22
RUN adduser -D -H -u 10001 incidentgraph && install -d -o incidentgraph /data
COPY --from=build /out/api /out/loader /usr/local/bin/
USER incidentgraph
ENV INCIDENTGRAPH_DATA=/data
VOLUME /data
EXPOSE 4000
CMD ["api", "--listen=0.0.0.0:4000"]
