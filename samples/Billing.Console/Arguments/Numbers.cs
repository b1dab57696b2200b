using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Billing.Console.Arguments;

/// <summary>Numbers as they are written on the command line, in every culture.</summary>
internal static class Numbers
{
    /// <summary>Reads the value of an option; what is no number of the range becomes an error of the command line. A whole number has no decimal point.</summary>
    /// <param name="result">The option's value.</param>
    /// <param name="least">The least that it may be.</param>
    /// <param name="most">The most that it may be.</param>
    /// <param name="without">What leaving the option out means, for the error; or null.</param>
    public static T Parse<T>(ArgumentResult result, T least, T most, string? without = null)
        where T : struct, INumber<T>
    {
        bool isWhole = typeof(T) != typeof(decimal);
        NumberStyles style = NumberStyles.AllowLeadingSign | (isWhole ? NumberStyles.None : NumberStyles.AllowDecimalPoint);
        string text = result.Tokens[0].Value;
        if (T.TryParse(text, style, CultureInfo.InvariantCulture, out T number) && number >= least && number <= most)
        {
            return number;
        }

        string option = ((OptionResult)result.Parent!).Option.Name;
        string kind = isWhole ? "whole number" : "number";
        string otherwise = without is null ? "" : $", or leave it out for {without}";
        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option} cannot be '{text}'. Use a {kind} from {least:0.##} to {most:#,0.##}{otherwise}."));
        return default;
    }
}
