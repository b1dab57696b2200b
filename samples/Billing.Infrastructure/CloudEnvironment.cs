using Amazon.CDK;
using Billing.Infrastructure.Parts;

namespace Billing.Infrastructure;

/// <summary>All stacks of one stage: <c>cdk deploy --all</c> creates it, <c>cdk destroy --all</c> deletes it.</summary>
public static class CloudEnvironment
{
    /// <summary>Adds the stacks to an app.</summary>
    public static IReadOnlyList<Stack> AddTo(App app, CloudSettings settings)
    {
        Tags.Of(app).Add("application", "billing");
        Tags.Of(app).Add("stage", settings.Stage);
        FoundationStack foundation = new(app, settings);
        DatabaseStack database = new(app, settings, foundation);
        PeopleStack? people = settings.UserPool ? new PeopleStack(app, settings) : null;
        TokenSource? tokens = people?.Tokens ?? TokenSource.Of(settings);
        ReceiptsStack receipts = new(app, settings, foundation, tokens);
        TransactionsStack transactions = new(app, settings, foundation, tokens);
        ExpensesStack expenses = new(app, settings, foundation, database, receipts, tokens);
        List<Stack> stacks =
        [
            foundation,
            database,
            new InvoicesStack(app, settings, foundation, database),
            receipts,
            transactions,
            new PaymentsStack(app, settings, foundation),
            expenses,
        ];
        if (people is not null)
        {
            stacks.Add(people);
        }

        if (settings.PageCertificate is not null)
        {
            stacks.Add(new PageStack(app, settings, receipts.Api, transactions.Api, expenses.Api, people?.Page ?? PageOpenId.Of(settings, tokens)));
        }

        return stacks;
    }
}
