using System.Globalization;
using System.Text;

namespace Billing.Generators.Tests;

/// <summary>The rate, on a clock that only moves when something waits or works.</summary>
public sealed class PaceTests
{
    private readonly SteppedTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_batch_goes_before_the_rate_allows_it()
    {
        Clocked output = new(_time);
        Assert.Equal(45, await new PacedOutput(output, 10, 20, _time).WriteAsync(Messages(45), Cancellation));
        Assert.Equal([0, 500, 1_000, 1_500, 2_000], output.Milliseconds);
        Assert.Equal([10, 10, 10, 10, 5], output.Sizes);
    }

    [Fact]
    public async Task What_a_slow_batch_made_late_is_caught_up()
    {
        Clocked output = new(_time) { Work = call => TimeSpan.FromMilliseconds(call == 1 ? 1_300 : 100) };
        await new PacedOutput(output, 10, 20, _time).WriteAsync(Messages(60), Cancellation);
        Assert.Equal([0, 500, 1_800, 1_900, 2_000, 2_500], output.Milliseconds);
    }

    [Fact]
    public async Task Without_a_rate_nothing_waits()
    {
        Clocked output = new(_time);
        await new PacedOutput(output, 10, null, _time).WriteAsync(Messages(1_000), Cancellation);
        Assert.Equal(100, output.Milliseconds.Count);
        Assert.Equal(TimeSpan.Zero, _time.Now);
    }

    [Fact]
    public async Task A_stream_gives_each_message_when_it_is_due()
    {
        await using MessageStream stream = new(Messages(5), 4, _time);
        using StreamReader reader = new(stream, Encoding.UTF8);
        List<(string?, int)> read = [];
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            read.Add((line, (int)_time.Now.TotalMilliseconds));
        }

        Assert.Equal([("é 0", 0), ("é 1", 250), ("é 2", 500), ("é 3", 750), ("é 4", 1_000)], read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task A_stream_is_the_lines_of_its_messages_however_much_is_read_at_once(int size)
    {
        using MemoryStream lines = new();
        await new LinesOutput(lines).WriteAsync([.. Messages(300)], Cancellation);
        await using MessageStream stream = new(Messages(300), null, _time);
        using MemoryStream read = new();
        await stream.CopyToAsync(read, size, Cancellation);
        Assert.Equal(lines.ToArray(), read.ToArray());
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        using CancellationTokenSource source = new();
        Clocked output = new(_time) { Work = _ => { source.Cancel(); return TimeSpan.Zero; } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new PacedOutput(output, 1, 1, TimeProvider.System).WriteAsync(Messages(1_000), source.Token));
        Assert.Single(output.Sizes);
    }

    private static IEnumerable<string> Messages(int count) => Enumerable.Range(0, count).Select(i => "é " + i.ToString(CultureInfo.InvariantCulture));

    /// <summary>Notes when each batch came.</summary>
    private sealed class Clocked(SteppedTime time) : IMessageOutput
    {
        public List<int> Milliseconds { get; } = [];

        public List<int> Sizes { get; } = [];

        /// <summary>How long a call takes.</summary>
        public Func<int, TimeSpan> Work { get; init; } = _ => TimeSpan.Zero;

        public Task WriteAsync(IReadOnlyList<string> messages, CancellationToken cancellationToken)
        {
            Milliseconds.Add((int)time.Now.TotalMilliseconds);
            Sizes.Add(messages.Count);
            time.Pass(Work(Sizes.Count - 1));
            return Task.CompletedTask;
        }
    }
}
