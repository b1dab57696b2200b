using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Billing.Aws;
using Billing.Sinks.Dynamo;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Hosting.Tests.Surface;

/// <summary>All options have one shape, and what is wrong with one is said in one way.</summary>
public sealed class OptionTests
{
    // What goes to a sample has its tests there.
    private static readonly Type[] s_options = [.. Packages.Options.Where(type => type.Name != "ExpenseBackupOptions")];

    [Fact]
    public void Options_are_classes_that_are_set_or_records_of_one_call()
    {
        foreach (Type type in s_options)
        {
            PropertyInfo[] properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != "EqualityContract")];
            Assert.True(type.IsSealed, type.Name);
            bool isRecord = type.GetMethod("<Clone>$") is not null;
            Assert.All(properties, property => Assert.True(
                property.SetMethod is { } set && set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == isRecord, $"{type.Name}.{property.Name}"));
            Assert.All(properties, property => Assert.DoesNotMatch("(Seconds|Milliseconds|Minutes|Ms)$", property.Name));
        }
    }

    [Fact]
    public void Every_option_of_a_class_states_its_default()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.PathTo("src"), "*Options.cs", SearchOption.AllDirectories)];
        Assert.NotEmpty(files);
        foreach (string file in files.Where(file => !File.ReadAllText(file).Contains("record ", StringComparison.Ordinal)))
        {
            foreach (Match option in Regex.Matches(File.ReadAllText(file), @"((?:    ///.*\n)+)    public [^(]* (\w+) \{ get; set; \}"))
            {
                Assert.True(Regex.IsMatch(option.Groups[1].Value, "[Dd]efault|Needed"), $"{Path.GetFileName(file)}: {option.Groups[2].Value}");
            }
        }
    }

    [Fact]
    public void What_is_out_of_range_is_refused_with_the_name_of_the_option()
    {
        int refused = 0;
        foreach (Type type in s_options)
        {
            Check(Valid(type));
            foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                foreach (object wrong in WrongFor(property.PropertyType))
                {
                    object options = Valid(type);
                    property.SetValue(options, wrong);
                    BillingConfigurationException e = Assert.Throws<BillingConfigurationException>(() => Check(options));
                    Assert.True(e.Option?.EndsWith("." + property.Name, StringComparison.Ordinal), $"{type.Name}.{property.Name} = '{wrong}': {e.Message}");
                    Assert.StartsWith($"{e.Option} is '", e.Message, StringComparison.Ordinal);
                    Assert.Contains(" Use ", e.Message, StringComparison.Ordinal);
                    refused++;
                }
            }
        }

        Assert.True(refused > 60, $"Only {refused} wrong options were tried.");
    }

    public static TheoryData<string, Action> WrongInCode => new()
    {
        { "currency", () => Wire(billing => billing.UseReportingCurrency("XXZ")) },
        { "currency without minor units", () => Wire(billing => billing.UseReportingCurrency("XAU")) },
        { "rounding", () => Wire(billing => billing.UseRounding((MidpointRounding)99)) },
        { "scope", () => Wire(billing => billing.UseScope(" ")) },
        { "batch size", () => Wire(billing => billing.UseBatchSize(0)) },
        { "layout", () => Wire(billing => billing.UseLayout(new SourceLayout { MaxRecordBytes = 1 })) },
        { "pipeline name", () => new ServiceCollection().AddBilling(" ", billing => billing.AddSink(new MemorySink())) },
        { "no sink", () => new ServiceCollection().AddBilling(_ => { }) },
        { "identity", () => RecordIdentity.Columns() },
        { "identity with a blank", () => RecordIdentity.CountedColumns("date", " ") },
        { "rate of zero", () => _ = new ExchangeRate(Currency.Eur, Currency.Usd, 0m, null, "ECB") },
        { "rate without source", () => _ = new ExchangeRate(Currency.Eur, Currency.Usd, 1m, null, " ") },
        { "fixed rates", () => FixedRates.Parse("CAD") },
        { "fixed rates without source", () => FixedRates.Parse("CAD=0.75", source: "") },
        { "staleness", () => DatedRates.Create([], TimeSpan.FromHours(1)) },
        { "rates file", () => EcbRates.Load("/nowhere/rates.csv") },
        { "staleness of ECB rates", () => EcbRates.Load("/nowhere/rates.csv", TimeSpan.FromDays(-1)) },
        { "rules file", () => CategoryRules.Load(" ") },
        { "layout file", () => SourceLayout.Load("/nowhere/layout.json") },
        { "rule name", () => CategoryRule.When(" ", _ => true) },
        { "alert subject", () => CategoryRule.When("r", _ => true).WithAlert("two\nlines") },
        { "queue", () => _ = new SqsQueue(Connection(), " ") },
        { "bytes of a call", () => _ = new SqsQueue(Connection(), "q", 1) },
        { "producer", () => _ = new SqsProducer(new SqsQueue(Connection(), "q"), 0) },
        { "topic", () => _ = new SnsTopic(Connection(), "alerts") },
        { "bucket", () => _ = new S3Bucket(Connection().S3, "") },
        { "field of an item", () => DynamoField.Text("", record => record.Party) },
    };

    [Theory]
    [MemberData(nameof(WrongInCode))]
    public void What_a_person_states_wrongly_in_code_is_one_kind_of_exception(string what, Action wrong)
    {
        Assert.False(Assert.Throws<BillingConfigurationException>(wrong).Message.Length < 20, what);
    }

    private static AwsConnection Connection() => new(new AwsOptions { Region = "eu-central-1" });

    private static void Wire(Action<BillingBuilder> wire) => new ServiceCollection().AddBilling(billing => wire(billing.AddSink(new MemorySink())));

    private static object Valid(Type type)
    {
        object options = Activator.CreateInstance(type)!;
        (options as InboxOptions)?.Folder = Path.GetTempPath();
        (options as SqsRecordOptions)?.Identity = RecordIdentity.Columns("id");
        return options;
    }

    // Options are checked by whoever takes them, always by this method.
    private static void Check(object options)
    {
        try
        {
            MethodInfo check = options.GetType().GetMethods(BindingFlags.NonPublic | BindingFlags.Instance).Where(method => method.Name == "Checked" && method.GetParameters().Length == 0).MinBy(method => method.IsGenericMethod)
                ?? throw new InvalidOperationException($"{options.GetType().Name} has no method Checked.");
            check = check.IsGenericMethod ? check.MakeGenericMethod(options.GetType()) : check;
            check.Invoke(options, null);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            throw inner;
        }
    }

    private static object[] WrongFor(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) => [-1, int.MinValue],
        var number when number == typeof(long) => [-1L],
        var time when time == typeof(TimeSpan) => [TimeSpan.FromTicks(-1), TimeSpan.MaxValue],
        var text when text == typeof(string) => [" "],
        var address when address == typeof(Uri) => [new Uri("somewhere", UriKind.Relative), new Uri("ftp://host")],
        _ => [],
    };
}
