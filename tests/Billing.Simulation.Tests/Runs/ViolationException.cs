namespace Billing.Simulation.Tests.Runs;

/// <summary>Something that must always hold does not.</summary>
internal sealed class ViolationException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new ViolationException(message);
        }
    }
}
