using System.Text;

namespace Billing.Generators;

/// <summary>Writes messages as lines of a stream, in UTF-8. The stream stays open.</summary>
public sealed class LinesOutput(Stream stream) : IMessageOutput
{
    public async Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken)
    {
        foreach (string message in messages)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(message + "\n"), cancellationToken);
        }
    }
}
