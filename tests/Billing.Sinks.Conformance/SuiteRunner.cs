using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Billing.Sinks.Conformance;

/// <summary>Runs the suites against a store or a sink from code: to see that a broken one fails.</summary>
public static class SuiteRunner
{
    /// <summary>Returns the tests that a store fails, each with its error; up to <paramref name="most"/> of them.</summary>
    public static async Task<IReadOnlyList<string>> FailuresAsync<TStore>(int most = 1)
        where TStore : IStoreUnderTest, new() => await FailuresAsync(await SuitesAsync<TStore>(), most);

    /// <summary>The tests of the smaller suite that a sink fails, each with what went wrong; up to <paramref name="most"/> of them.</summary>
    public static Task<IReadOnlyList<string>> FailuresOfSinkAsync<TSink>(int most = 1)
        where TSink : ISinkUnderTest, new() => FailuresAsync([typeof(Sinks<TSink>)], most);

    private static async Task<IReadOnlyList<string>> FailuresAsync(IReadOnlyList<Type> suites, int most)
    {
        List<string> failures = [];
        foreach (Type suite in suites)
        {
            foreach (MethodInfo test in suite.GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
            {
                foreach (object?[] arguments in await ArgumentsAsync(test))
                {
                    if (await FailureAsync(suite, test, arguments) is { } failure)
                    {
                        failures.Add($"{test.Name}({string.Join(", ", arguments)}): {failure.Message}");
                        if (failures.Count == most)
                        {
                            return failures;
                        }
                    }
                }
            }
        }

        return failures;
    }

    // A store that keeps no alerts or no receipts need not pass their suites.
    private static async Task<IReadOnlyList<Type>> SuitesAsync<TStore>()
        where TStore : IStoreUnderTest, new()
    {
        List<Type> suites = [typeof(Writes<TStore>), typeof(Kills<TStore>), typeof(RoundTrips<TStore>), typeof(Queries<TStore>), typeof(Keeps<TStore>), typeof(Proofs<TStore>)];
        await using TStore store = new();
        if (store.Connect() is IAlertStore)
        {
            suites.Add(typeof(Alerts<TStore>));
        }

        if (store.Connect() is IKnownSources)
        {
            suites.Add(typeof(KnownOnes<TStore>));
        }

        if (store.Connect() is IMigratableStore)
        {
            suites.Add(typeof(Migrations<TStore>));
        }

        if (store.Connect() is IAmendableStore)
        {
            suites.Add(typeof(Amendments<TStore>));
            suites.Add(typeof(SealSide<TStore>));
            suites.Add(typeof(DriftSide<TStore>));
            suites.Add(typeof(EraseSide<TStore>));
            suites.Add(typeof(MonthSide<TStore>));
        }

        if (store is IReceiptsUnderTest)
        {
            suites.Add(typeof(Receipts<>).MakeGenericType(typeof(TStore)));
        }

        return suites;
    }

    private static async Task<IReadOnlyList<object?[]>> ArgumentsAsync(MethodInfo test)
    {
        if (test.GetParameters().Length == 0)
        {
            return [[]];
        }

        await using DisposalTracker tracker = new();
        List<object?[]> rows = [];
        foreach (IDataAttribute data in test.GetCustomAttributes().OfType<IDataAttribute>())
        {
            rows.AddRange((await data.GetData(test, tracker)).Select(row => row.GetData()));
        }

        return rows;
    }

    private static async Task<Exception?> FailureAsync(Type suite, MethodInfo test, object?[] arguments)
    {
        await using IAsyncLifetime instance = (IAsyncLifetime)Activator.CreateInstance(suite)!;
        try
        {
            await instance.InitializeAsync();
            if (test.Invoke(instance, arguments) is Task task)
            {
                await task;
            }

            return null;
        }
        catch (TargetInvocationException e)
        {
            return e.InnerException;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private sealed class Sinks<TSink> : SinkSuite<TSink>
        where TSink : ISinkUnderTest, new();

    private sealed class Writes<TStore> : WriteSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Kills<TStore> : KillSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class KnownOnes<TStore> : KnownSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class RoundTrips<TStore> : RoundTripSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Queries<TStore> : QuerySuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Keeps<TStore> : KeepSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Proofs<TStore> : ProofSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class DriftSide<TStore> : DriftSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Alerts<TStore> : AlertSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Migrations<TStore> : MigrationSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Amendments<TStore> : AmendSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class SealSide<TStore> : SealSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class EraseSide<TStore> : EraseSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class MonthSide<TStore> : MonthSuite<TStore>
        where TStore : IStoreUnderTest, new();

    private sealed class Receipts<TLedger> : ReceiptSuite<TLedger>
        where TLedger : IReceiptsUnderTest, new();
}
