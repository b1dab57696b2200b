using System.Diagnostics;
using System.Globalization;

namespace Billing.PageTimes;

/// <summary>Requests of what the page shows, each until its last byte.</summary>
internal sealed class Requests(Uri address) : IAsyncDisposable
{
    private const int WarmUps = 3;

    private readonly HttpClient _http = new() { BaseAddress = address };

    /// <summary>What the pages ask for.</summary>
    public static IReadOnlyList<(string What, string Path)> All { get; } =
    [
        ("all, newest first", "/api/records?limit=100"),
        ("all, largest first", "/api/records?limit=100&sort=-amount"),
        ("all, by party", "/api/records?limit=100&sort=party"),
        ("a month", "/api/records?limit=100&month=2025-06"),
        ("a month, largest first", "/api/records?limit=100&month=2025-06&sort=-amount"),
        ("a category", "/api/records?limit=100&category=dairy"),
        ("a party", "/api/records?limit=100&party=Green%20Pasture%20Dairy"),
        ("a currency", "/api/records?limit=100&currency=CAD"),
        ("a text", "/api/records?limit=100&text=jambon"),
        ("the overview", "/api/overview?month=2025-06"),
        ("the runs", "/api/runs"),
    ];

    public async Task<List<double>> MeasureAsync(string path, int rounds)
    {
        List<double> times = [];
        for (int round = -WarmUps; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await _http.GetAsync(new Uri(path, UriKind.Relative));
            string body = await response.Content.ReadAsStringAsync();
            double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!response.IsSuccessStatusCode || body.Contains("\"items\":[]", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{path} answers {(int)response.StatusCode}, or finds nothing."));
            }

            if (round >= 0)
            {
                times.Add(time);
            }
        }

        return times;
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
