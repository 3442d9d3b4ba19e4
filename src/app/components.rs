//! The pieces that pages are put together from.

pub mod advice;
pub mod badge;
pub mod bring_box;
pub mod choice_bar;
pub mod depth_nav;
pub mod difference_table;
pub mod export_box;
pub mod fact_list;
pub mod field;
pub mod field_tree;
pub mod hex_view;
pub mod kin_list;
pub mod long_list;
pub mod notice_bar;
pub mod outline_tree;
pub mod rail;
pub mod receipt_list;
pub mod report_box;
pub mod revoked_box;
pub mod row_list;
pub mod secret_question;
pub mod step_list;
pub mod tray_box;
pub mod unlock_box;
pub mod uses_table;
pub mod wait_box;
