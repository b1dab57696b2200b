using System.Globalization;
using System.Text;

namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>Gives a reader generated inputs, one for each seed, and reduces what it cannot take.</summary>
internal static class Fuzzer
{
    // What reading may allocate: a part that is always the same, and some for each byte.
    private const long BytesAtOnce = 64L << 20;
    private const long BytesPerByte = 6_000;
    private const int MostTrials = 400;

    // Only says which input hangs; what is measured is memory.
    private static readonly TimeSpan s_hang = TimeSpan.FromMinutes(2);

    /// <returns>An explanation of the first input that the reader cannot take, or null.</returns>
    public static async Task<string?> FindAsync(FuzzTarget target, int first, int count)
    {
        for (int seed = first; seed < first + count; seed++)
        {
            byte[] input = Input(target, seed);
            if (await FailureAsync(target, input, seed) is { } failure)
            {
                byte[] small = await ReduceAsync(target, input, seed, failure);
                Exception last = await FailureAsync(target, small, seed) ?? failure;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"""
                    {target.Name}, seed {seed}: {last.GetType().Name}: {last.Message}
                    {small.Length} of {input.Length} bytes: {Excerpt(small)}
                    in base64: {(small.Length > 3_000 ? "too long" : Convert.ToBase64String(small))}
                    To run it alone: tests/nightly.sh 0 {seed} 1
                    {last}
                    """);
            }
        }

        return null;
    }

    /// <summary>The input of a seed: always the same, as long as the corpus is.</summary>
    public static byte[] Input(FuzzTarget target, int seed) => new Mutator(new Random(seed), target.Corpus).Next();

    private static async Task<Exception?> FailureAsync(FuzzTarget target, byte[] input, int seed)
    {
        long before = GC.GetTotalAllocatedBytes();
        try
        {
            await Task.Run(() => target.ReadAsync(input, seed)).WaitAsync(s_hang);
        }
        catch (Exception e)
        {
            return e;
        }

        long taken = GC.GetTotalAllocatedBytes() - before;
        return taken > BytesAtOnce + (BytesPerByte * input.Length)
            ? new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture, $"{input.Length} bytes made it allocate {taken}."))
            : null;
    }

    private static async Task<byte[]> ReduceAsync(FuzzTarget target, byte[] input, int seed, Exception failure)
    {
        int trials = 0;
        for (int size = input.Length / 2; size > 0 && trials < MostTrials && failure is not TimeoutException; size /= 2)
        {
            for (int at = 0; at + size <= input.Length && trials < MostTrials; trials++)
            {
                byte[] less = [.. input[..at], .. input[(at + size)..]];
                if ((await FailureAsync(target, less, seed))?.GetType() == failure.GetType())
                {
                    input = less;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }

    private static string Excerpt(byte[] input) => string.Concat(Encoding.Latin1.GetString(input.AsSpan(0, Math.Min(input.Length, 400))).Select(c => c is >= ' ' and < (char)127 ? c.ToString() : $"\\x{(int)c:x2}"));
}
