namespace Billing.Testing;

/// <summary>What a piece of work allocates on its thread.</summary>
public static class Allocations
{
    private const int Times = 1_000;
    private const int Attempts = 5;

    /// <summary>The fewest bytes that 1,000 calls took in five attempts. The runtime allocates a little on any thread now and then, as when it compiles a loop anew; the work itself allocates every time.</summary>
    public static long OfMany(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        work();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Times; i++)
            {
                work();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
