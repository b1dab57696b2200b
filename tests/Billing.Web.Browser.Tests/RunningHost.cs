using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Billing.Web.Browser.Tests;

/// <summary>samples/Billing.Web as it is deployed, in a process of its own, on a SQLite file of its own.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-web-").FullName;
    private readonly int _port = FreePort();
    private readonly List<string> _log = [];
    private readonly (string Name, string Value)[] _settings;
    private Process? _process;

    private RunningHost((string Name, string Value)[] settings) => _settings = settings;

    /// <summary>Its address.</summary>
    public string Address => FormattableString.Invariant($"http://127.0.0.1:{_port}");

    /// <summary>What it has said so far.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
            {
                return [.. _log];
            }
        }
    }

    /// <summary>Starts a host; each of <paramref name="settings"/> takes the place of its own.</summary>
    public static async Task<RunningHost> StartAsync(params (string Name, string Value)[] settings)
    {
        RunningHost host = new(settings);
        await host.BeginAsync();
        return host;
    }

    /// <summary>Starts it, with the store that it had.</summary>
    public async Task BeginAsync()
    {
        string published = await PublishedHost.FolderAsync();
        ProcessStartInfo start = new("dotnet") { WorkingDirectory = published, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])
        [
            Path.Combine(published, "Billing.Web.dll"), "--urls", Address, "--Folder", Path.Combine(_folder, "files"), "--Store:ConnectionString", $"Data Source={Path.Combine(_folder, "books.db")}",
            "--Rates", Repository.PathTo("samples", "data", "rates.json"), "--Rules", await RulesAsync(),
            .. _settings.SelectMany(setting => new[] { "--" + setting.Name, setting.Value }),
        ])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using HttpClient http = new() { BaseAddress = new Uri(Address) };
        while (!await AnswersAsync(http))
        {
            Assert.False(_process.HasExited, $"Billing.Web ended:\n{string.Join('\n', _log)}");
            await Task.Delay(50);
        }
    }

    /// <summary>Ends it, as a machine that loses its power.</summary>
    public async Task EndAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> AnswersAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("api/session")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>A port of loopback that nobody listens on.</summary>
    internal static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A copy: the page changes it.
    private async Task<string> RulesAsync()
    {
        string rules = Path.Combine(_folder, "rules.json");
        if (!File.Exists(rules))
        {
            await File.WriteAllTextAsync(rules, """
                {
                  "rules": [
                    { "name": "dairy", "when": { "attribute": { "name": "product_line", "in": ["Dairy"] } }, "category": "Dairy" },
                    { "name": "bakery", "when": { "attribute": { "name": "product_line", "in": ["Bakery"] } }, "category": "Bakery" },
                    { "name": "meat", "when": { "attribute": { "name": "product_line", "in": ["Meat"] } }, "category": "Meat" },
                    { "name": "taxi", "when": { "text": "taxi" }, "category": "Travel" },
                    { "name": "large", "when": { "amount": { "atLeast": 5000 } }, "flag": "large" }
                  ]
                }

                """);
        }

        return rules;
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }
}
