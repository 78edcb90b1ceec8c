# Builds the site and packs it with the sample content:
#
#   docker build -t blog .
#   docker run --rm -p 127.0.0.1:8080:8080 blog
#
# docker/compose.yaml runs it the way a server should, and .ci/image tests it.
# It needs BuildKit (Docker 23 or later) or Buildah.

# The official images carry ICU and the time zone database, which the site needs for its dates and languages: the
# "alpine" and "chiseled" variants don't, unless their name ends in "-extra".
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
# .NET itself comes with the site, so that what it needs of the system is all that the image must have.
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/runtime-deps:10.0


# The SDK runs as what the builder is and compiles for what the image is, so an image for arm64 needs no emulation here.
FROM --platform=${BUILDPLATFORM} ${SDK_IMAGE} AS build

# Set by the builder: amd64, arm64.
ARG TARGETARCH
# Compiles the site and .NET to native code ahead of time, as one, so that little is left to be compiled at a start: the
# first page after one comes a fifth sooner than where the site alone is compiled. It takes some minutes here. "false"
# turns it off, for a package feed without the ahead-of-time compiler.
ARG READY_TO_RUN=true

WORKDIR /source

# The packages are restored from the project files alone, so that this slow step is done again only when one of them
# changes. A project that the site comes to reference needs its line here.
COPY global.json Directory.*.props ./
COPY src/Blog/Blog.csproj src/Blog/
COPY src/Blog.Content/Blog.Content.csproj src/Blog.Content/

# The secret is optional: a NuGet.Config, with the address of a package feed and perhaps a password, that must not stay
# in a layer (docker build --secret id=nuget,src=$HOME/.nuget/NuGet/NuGet.Config).
#
# Here and below, warnings are no errors: that an advisory for a package, or an analyzer of a newer SDK, came out after a
# release must not make the release impossible to build. .ci/run is where a warning is an error.
RUN --mount=type=secret,id=nuget,target=/root/.nuget/NuGet/NuGet.Config \
    dotnet restore src/Blog/Blog.csproj \
      --arch "${TARGETARCH:-$(dpkg --print-architecture)}" \
      -p:SelfContained=true \
      -p:PublishReadyToRun="$READY_TO_RUN" \
      -p:PublishReadyToRunComposite="$READY_TO_RUN" \
      -p:TreatWarningsAsErrors=false

COPY .editorconfig ./
COPY src/ src/

# Without the compiler's XML files.
RUN dotnet publish src/Blog/Blog.csproj \
      --no-restore \
      --configuration Release \
      --arch "${TARGETARCH:-$(dpkg --print-architecture)}" \
      --self-contained \
      --output /out/app \
      -p:PublishReadyToRun="$READY_TO_RUN" \
      -p:PublishReadyToRunComposite="$READY_TO_RUN" \
      -p:PublishDocumentationFiles=false \
      -p:TreatWarningsAsErrors=false

# Readable for the site's user, whatever the umask was that the files were checked out with.
COPY content/ /out/content/
RUN chmod -R a+rX /out && mkdir /out/data


FROM ${RUNTIME_IMAGE}

# A number and no name, so that an orchestrator can see for itself that it isn't root.
ARG UID=10001

WORKDIR /app

# The application belongs to root, so the site can't change its own code. Only /data belongs to the site.
COPY --from=build /out/app ./
COPY --from=build --chown=${UID}:${UID} /out/data /data

# What the image serves until a folder of yours is mounted over it: -v /path/to/site:/content:ro
COPY --from=build /out/content /content

# Blog__ContentPath   the site's articles, pages, images and settings; never written to
# Blog__DataPath      what the site makes of them: the one place where it writes, but for temporary files in /tmp
# DOTNET_GCgen0size   32 MB (in hexadecimal) between two collections of garbage: a first start takes a tenth less time for 20 MB more
# DOTNET_TieredPGO    what is called very often is compiled anew, for what it turned out to do: under load, a page of an article takes a
#                     sixth less, an answer from the cache a tenth. It does not pay for an export, which takes a quarter less with 0
# HOME                where libraries keep what has no better place; the user has no home folder of its own
ENV ASPNETCORE_ENVIRONMENT=Production \
    ASPNETCORE_HTTP_PORTS=8080 \
    Blog__ContentPath=/content \
    Blog__DataPath=/data \
    HOME=/data \
    DOTNET_GCgen0size=0x2000000 \
    DOTNET_TieredPGO=1 \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    DOTNET_CLI_TELEMETRY_OPTOUT=1

EXPOSE 8080

# /content is left out on purpose: declared, and with nothing mounted, it would become a writable volume that keeps the
# old sample content after an upgrade.
VOLUME ["/data"]

USER ${UID}:${UID}

# The image has neither curl nor wget, so Bash asks. No Host header is sent, for a site that sets AllowedHosts must pass,
# too. "read" gets the status out of the first line of the answer: "HTTP/1.1 200 OK".
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>\"/dev/tcp/127.0.0.1/${ASPNETCORE_HTTP_PORTS%%;*}\" && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["/app/Blog"]

# Last, for they change with every build.
ARG VERSION=
ARG REVISION=
LABEL org.opencontainers.image.title="Blog" \
      org.opencontainers.image.description="A blog served from a folder of Markdown files" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.vendor="The Blog Team" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
