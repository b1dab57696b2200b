using System.Globalization;

namespace Billing.Lambda;

/// <summary>
/// Limits how much of the function's memory the heap may use. Lambda ends a process that uses more memory than the function has, without a message. A heap that knows its limit
/// collects in time, or throws when memory runs out.
/// </summary>
internal static class HeapLimit
{
    /// <summary>The variable with the memory size of the function, in megabytes.</summary>
    public const string Variable = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    // The share that .NET uses in a container; the rest is for code, stacks and buffers outside the heap.
    private const ulong Percent = 75;
    private const ulong Megabyte = 1024 * 1024;

    /// <summary>The limit of this process, in megabytes.</summary>
    public static long Megabytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (long)Megabyte;

    /// <summary>Sets the limit. If the variable is not a number, there is no limit.</summary>
    public static void Set(string? megabytes)
    {
        if (uint.TryParse(megabytes, NumberStyles.None, CultureInfo.InvariantCulture, out uint size) && size > 0)
        {
            AppContext.SetData("GCHeapHardLimit", size * Megabyte * Percent / 100);
            GC.RefreshMemoryLimit();
        }
    }
}
