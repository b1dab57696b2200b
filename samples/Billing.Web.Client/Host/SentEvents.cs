using System.Runtime.CompilerServices;
using System.Text;

namespace Billing.Web.Client.Host;

/// <summary>Reads server-sent events, as the HTML standard says, without another assembly to load. An event that breaks off before its end is none.</summary>
public static class SentEvents
{
    /// <summary>The events of a stream: the name and the data of each.</summary>
    public static async IAsyncEnumerable<(string Name, string Data)> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, Encoding.UTF8);
        string name = "";
        string? data = null;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                string field = colon < 0 ? line : line[..colon];
                string value = colon < 0 ? "" : line[(colon + 1)..];
                value = value.StartsWith(' ') ? value[1..] : value;
                name = field == "event" ? value : name;
                data = field != "data" ? data : data is null ? value : data + "\n" + value;
                continue;
            }

            if (data is not null)
            {
                yield return (name, data);
            }

            (name, data) = ("", null);
        }
    }
}
