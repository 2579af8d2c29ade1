using System.Collections.ObjectModel;

namespace Roast.Text;

/// <summary>How a conversation is rendered. Immutable; vary it using <c>with</c>. Defaults: those of transformers' apply_chat_template, with an open turn.</summary>
public sealed record ChatTemplateOptions
{
    /// <summary>Open the assistant's turn at the end.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Whether a model that can think before it answers shall; <c>null</c>: the template's own default.</summary>
    public bool? EnableThinking { get; init; }

    /// <summary>The tools that the model may call: a JSON list as transformers takes it. Default: none.</summary>
    public TemplateVariable Tools { get; init; }

    /// <summary>Documents for retrieval: a JSON list. Default: none.</summary>
    public TemplateVariable Documents { get; init; }

    /// <summary>Any other variable of the template, by name; one of the same name counts more than the properties above and than the special tokens.</summary>
    public IReadOnlyDictionary<string, TemplateVariable> Variables { get; init => field = value ?? throw new ArgumentNullException(nameof(Variables)); } = ReadOnlyDictionary<string, TemplateVariable>.Empty;

    /// <summary>The clock of <c>strftime_now</c>, for templates that write the date; local time.</summary>
    public TimeProvider Clock { get; init => field = value ?? throw new ArgumentNullException(nameof(Clock)); } = TimeProvider.System;

    /// <summary>
    /// Let control tokens in messages, tools and variables act as if the template had written them, as transformers does by default.
    /// Only for text that no one else can write: a message with the end-of-turn token then ends its turn.
    /// </summary>
    public bool TrustMessages { get; init; }
}
