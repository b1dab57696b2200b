using System.Globalization;

namespace Billing.Lambda;

/// <summary>
/// How much of the function's memory the heap may have. Lambda ends a process that takes more than the function has, without a word; a heap that knows its limit
/// collects before, or says that memory is out.
/// </summary>
internal static class HeapLimit
{
    /// <summary>Holds the megabytes of the function.</summary>
    public const string Variable = "AWS_LAMBDA_FUNCTION_MEMORY_SIZE";

    // As .NET takes of a container; the rest is for code, stacks and buffers outside the heap.
    private const ulong Percent = 75;
    private const ulong Megabyte = 1024 * 1024;

    /// <summary>The limit of this process, in megabytes.</summary>
    public static long Megabytes => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (long)Megabyte;

    /// <summary>Sets the limit. Without a number of megabytes there is none.</summary>
    public static void Set(string? megabytes)
    {
        if (uint.TryParse(megabytes, NumberStyles.None, CultureInfo.InvariantCulture, out uint size) && size > 0)
        {
            AppContext.SetData("GCHeapHardLimit", size * Megabyte * Percent / 100);
            GC.RefreshMemoryLimit();
        }
    }
}
