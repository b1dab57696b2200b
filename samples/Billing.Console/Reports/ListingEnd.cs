using Billing.Console.Views;
using Spectre.Console;

namespace Billing.Console.Reports;

/// <summary>The last line of a listing.</summary>
internal static class ListingEnd
{
    public static void Write(IAnsiConsole console, int count, string one, string many, string? token)
    {
        string counted = $"{Figures.Count(count)} {(count == 1 ? one : many)}";
        Sentence.Write(console, token is null ? $"{counted}." : $"{counted}, and there are more: use --all for all of them, or --token {token} for the next page.");
    }
}
