using System.Globalization;
using System.Runtime.CompilerServices;

namespace Billing.Hosting.Tests.Surface;

/// <summary>What people see of an object in a log or a debugger.</summary>
public sealed class TextTests
{
    [Fact]
    public void Every_type_says_what_it_is()
    {
        // Options are read where they are set.
        string[] mute = [.. Packages.ObjectsOf(Packages.Stores)
            .Where(type => !type.IsEnum && !Packages.IsOptions(type) && type.Name is not ("BillingJsonConverter" or "ReceiptAudit" or "PageBuilder`2" or "SummaryTotals"))
            .Where(type => type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } declaring && (declaring == typeof(object) || declaring == typeof(ValueType)))
            .Select(type => type.Name)];
        Assert.Empty(mute);
    }

    [Fact]
    public void No_text_names_a_type_of_code_or_depends_on_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        foreach ((Type type, object sample) in Samples.ByType)
        {
            string text = sample.ToString()!;
            Assert.False(text.Contains("System.", StringComparison.Ordinal) || text.Contains("Billing.", StringComparison.Ordinal), $"{type.Name}: {text}");
            // What the compiler writes of a record is for debugging, and goes by the culture.
            if (!type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
                Assert.Equal(text, sample.ToString());
                CultureInfo.CurrentCulture = before;
            }
        }
    }
}
