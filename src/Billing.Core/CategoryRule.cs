using Billing.Categories;

namespace Billing;

/// <summary>A category rule. Immutable; start with <see cref="When"/> or <see cref="Require"/>.</summary>
public sealed class CategoryRule
{
    internal CategoryRule(string name, Func<BillingRecord, bool> condition, bool isRequirement)
    {
        ArgumentNullException.ThrowIfNull(name);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(name), nameof(CategoryRule), nameof(Name), name, "a name, which records and messages carry");
        ArgumentNullException.ThrowIfNull(condition);
        Name = name;
        Condition = condition;
        IsRequirement = isRequirement;
    }

    internal CategoryRule(string name, RecordCondition condition, bool isRequirement)
        : this(name, condition.Holds, isRequirement) => FileCondition = condition;

    /// <summary>The name, as it appears in records, reports and messages.</summary>
    public string Name { get; }

    /// <summary>The category that the rule sets, or null.</summary>
    public string? Category { get; private init; }

    /// <summary>The flag that the rule raises, or null.</summary>
    public string? Flag { get; private init; }

    /// <summary>Whether the rule asks for an alert.</summary>
    public bool Alert { get; private init; }

    /// <summary>The subject of the alert. Default <see cref="BillingAlert.DefaultSubject"/>.</summary>
    public string AlertSubject { get; private init; } = BillingAlert.DefaultSubject;

    /// <summary>Whether the condition must hold; if it does not, the record is quarantined (<see cref="QuarantineReason.RuleFailed"/>).</summary>
    public bool IsRequirement { get; }

    /// <summary>What must hold, in words for people: the detail of a quarantined record. If it is null, the name of the rule is used.</summary>
    public string? Message { get; private init; }

    internal Func<BillingRecord, bool> Condition { get; }

    /// <summary>The condition of a rule from a file, or null.</summary>
    private RecordCondition? FileCondition { get; init; }

    /// <summary>Whether the condition holds.</summary>
    internal bool Holds(IRuleSubject subject) => FileCondition is { } condition ? condition.Holds(subject) : Condition(subject.Record);

    /// <summary>Creates a rule that acts if <paramref name="condition"/> holds. The record has its reporting amount, but no category yet. The condition must be pure and may be called from several threads.</summary>
    /// <exception cref="BillingConfigurationException">The name is blank.</exception>
    public static CategoryRule When(string name, Func<BillingRecord, bool> condition) => new(name, condition, isRequirement: false);

    /// <summary>Creates a rule that quarantines records for which <paramref name="condition"/> does not hold.</summary>
    /// <exception cref="BillingConfigurationException">The name is blank.</exception>
    public static CategoryRule Require(string name, Func<BillingRecord, bool> condition) => new(name, condition, isRequirement: true);

    /// <summary>Returns the same rule, setting <paramref name="category"/>.</summary>
    public CategoryRule WithCategory(string category) => Copy(category, Flag, Alert, Message);

    /// <summary>Returns the same rule, raising <paramref name="flag"/>.</summary>
    public CategoryRule WithFlag(string flag) => Copy(Category, flag, Alert, Message);

    /// <summary>Returns the same rule, asking for an alert.</summary>
    public CategoryRule WithAlert() => Copy(Category, Flag, true, Message);

    /// <summary>Returns the same rule, asking for an alert with <paramref name="subject"/>.</summary>
    /// <param name="subject">One line of at most 100 characters, which mail and SNS accept.</param>
    /// <exception cref="BillingConfigurationException">The subject is blank or longer, or contains a control character or half of a surrogate pair.</exception>
    public CategoryRule WithAlert(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        BillingConfigurationException.ThrowUnless(!string.IsNullOrWhiteSpace(subject), nameof(CategoryRule), nameof(AlertSubject), subject, "one line of at most 100 characters");
        return AlertSubjects.FaultOf(subject) is { } fault
            ? throw new BillingConfigurationException($"{nameof(CategoryRule)}.{nameof(AlertSubject)} is '{subject}'. {fault}")
            : Copy(Category, Flag, true, Message, subject);
    }

    /// <summary>Returns the same rule, with <paramref name="message"/> as the detail of the records that it quarantines.</summary>
    public CategoryRule WithMessage(string message) => Copy(Category, Flag, Alert, message);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private CategoryRule Copy(string? category, string? flag, bool alert, string? message, string? subject = null) =>
        new(Name, Condition, IsRequirement) { Category = category, Flag = flag, Alert = alert, Message = message, AlertSubject = subject ?? AlertSubject, FileCondition = FileCondition };
}
