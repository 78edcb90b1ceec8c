using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Blog.Benchmarks;

/// <summary>A web server that runs as a process of its own until it is disposed; what it prints goes to a file.</summary>
internal sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly string _log;
    private readonly Task _logging;

    private Server(Process process, Uri address, string log) =>
        (_process, Address, _log, _logging) = (process, address, log, Task.WhenAll(Copy(process.StandardOutput.BaseStream, log), Copy(process.StandardError.BaseStream, log + ".err")));

    public Uri Address { get; }

    /// <summary>From the start of the process until it was ready.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts it and waits until the given path answers with success.</summary>
    /// <param name="command">The program with its arguments, by the port that it is to listen on.</param>
    /// <param name="readyPath">What answers with success once it is ready.</param>
    /// <param name="log">File for what it prints.</param>
    /// <param name="cancelled">Ends the wait.</param>
    /// <param name="fixedPort">The port, where others have to know it before; else a free one.</param>
    public static async Task<Server> Start(Func<int, ProcessStartInfo> command, string readyPath, string log, CancellationToken cancelled, int? fixedPort = null)
    {
        var port = fixedPort ?? FreePort();
        var start = command(port);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        var clock = Stopwatch.StartNew();
        var server = new Server(Command.Start(start), new Uri($"http://127.0.0.1:{port}"), log);
        try
        {
            using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(10) };
            while (!await IsReady(client, readyPath, cancelled))
            {
                if (server._process.HasExited || clock.Elapsed > LongestStart) throw new OptionException($"{start.FileName} did not start: {server.Printed()}");
                await Task.Delay(20, cancelled);
            }

            server.StartTime = clock.Elapsed;
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Resident memory now and at its peak, in MB; from Linux, elsewhere only now.</summary>
    public (long Now, long Peak) Memory()
    {
        var status = $"/proc/{_process.Id}/status";
        if (!File.Exists(status)) return (_process.WorkingSet64 >> 20, _process.PeakWorkingSet64 >> 20);
        var lines = File.ReadAllLines(status);
        return (Line("VmRSS:"), Line("VmHWM:"));

        long Line(string name) => long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Waits until it has nothing more to do of its own accord, such as completing its index.</summary>
    public async Task Quiet(CancellationToken cancelled)
    {
        for (var (quiet, tries) = (0, 0); quiet < 3 && tries < 1800; tries++)
        {
            _process.Refresh();
            var before = _process.TotalProcessorTime;
            await Task.Delay(1000, cancelled);
            _process.Refresh();
            quiet = _process.TotalProcessorTime - before < TimeSpan.FromMilliseconds(50) ? quiet + 1 : 0;
        }
    }

    /// <summary>The end of what it printed.</summary>
    public string Printed()
    {
        using var reader = new StreamReader(new FileStream(_log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[Math.Max(0, text.Length - 2000)..];
    }

    /// <summary>Ends it at once, as kill -9 does: no request is finished, no connection closed.</summary>
    public void Kill() => _process.Kill(true);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill(true);
        await _process.WaitForExitAsync();
        await _logging;
        _process.Dispose();
    }

    private static async Task<bool> IsReady(HttpClient client, string path, CancellationToken cancelled)
    {
        try
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), cancelled);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancelled.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async Task Copy(Stream stream, string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1);
        await stream.CopyToAsync(file);
    }
}
