namespace Billing.Sinks.Conformance;

/// <summary>One new sink, disposed when the test ends. Derive it where a sink needs nothing around it.</summary>
public abstract class SinkUnderTest(IBillingSink sink) : ISinkUnderTest
{
    public IBillingSink Connect() => sink;

    public async ValueTask DisposeAsync()
    {
        if (sink is IAsyncDisposable asyncDisposable)
        {
            await asyncDisposable.DisposeAsync();
        }
        else
        {
            (sink as IDisposable)?.Dispose();
        }

        GC.SuppressFinalize(this);
    }
}
